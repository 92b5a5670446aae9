"""The registers as a reader sees them: decisions, meetings, activities and figures of all documents put together."""

from assistant.registers.activities import Activity, merge_activities
from assistant.registers.comparison import Aspect, Comparison, ComparisonRow, FigureRow, compare_programmes
from assistant.registers.figures import Figure, merge_figures
from assistant.registers.registers import Registers

__all__ = [
    "Activity",
    "Aspect",
    "Comparison",
    "ComparisonRow",
    "Figure",
    "FigureRow",
    "Registers",
    "compare_programmes",
    "merge_activities",
    "merge_figures",
]
