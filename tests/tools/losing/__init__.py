"""What `tests.tools.nothing_lost` needs: replicas behind one address, roll-outs, and a record of every press."""
