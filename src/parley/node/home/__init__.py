"""The node's directory: settings, keys, certificates, the token of this machine."""
