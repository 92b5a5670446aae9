"""What Streamlit runs for each visitor, each time something is clicked."""

from ui.page.shell import show_site

show_site()
