"""How strong evidence is, and which of it decides on a passage."""
