"""What clinics claim about a treatment, recorded and judged against the evidence."""
