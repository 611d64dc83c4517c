"""Higgsfield by its MCP server: a person signs in, and clips cost the credits of a subscription."""
