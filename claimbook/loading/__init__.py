"""Files in, a sound base out."""
