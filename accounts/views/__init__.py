"""Pages of people: invitation, profile, notices, saved views. Signing in and second factors are allauth's."""
