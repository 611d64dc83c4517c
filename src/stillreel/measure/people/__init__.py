"""People: how often somebody is depicted, and one clean view cut out of many."""
