"""What a check has to say: rules, findings, and what becomes of them."""
