"""The words of a question carried into the language of a passage, from word lists in four languages."""

from assistant.glossary.glossary import Glossary
from assistant.glossary.words import GlossedWord, Origin

__all__ = ["Glossary", "GlossedWord", "Origin"]
