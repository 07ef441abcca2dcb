"""Programs that officers would otherwise use, measured in the same run: installed by the bench itself, on loopback only."""
