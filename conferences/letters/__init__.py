"""What goes on paper before a conference: invitations and notices."""
