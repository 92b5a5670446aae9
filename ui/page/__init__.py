"""The chat page and the pages of the registers, shown by Streamlit in the process of the API."""
