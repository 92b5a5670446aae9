"""What a language model's sentence must keep of the words it cites: the gate after the model."""

from assistant.language_model.verification.judging import Judge, Support

__all__ = ["Judge", "Support"]
