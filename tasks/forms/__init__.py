"""What people fill in about instructions. Rules are the services'; what they refuse stands at its field."""
