"""What a question asks for: its language, identifiers, expected kind of answer and stand-alone form."""
