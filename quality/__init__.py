"""What must be true: rules as data, one door to the validator, findings, and the gate to publication."""
