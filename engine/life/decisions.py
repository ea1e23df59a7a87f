"""What the field `decision` of a form may say, and diagrams and rules understand."""

ACCEPT, APPROVE, REFUSE = "accept", "approve", "refuse"
SUPPLEMENT, RETURN = "supplement", "return"
