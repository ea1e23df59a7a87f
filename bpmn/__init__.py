"""What a procedure is: diagrams, decision tables, forms and facts; parsed, checked, versioned."""
