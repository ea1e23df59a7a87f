"""Every shipped procedure is walked to every end."""
