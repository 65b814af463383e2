"""Reports for those who pay for the bot: from weekly counts to figures that give nobody away."""
