"""What may have gone wrong in an equation, one subject a file; `reconcile.hint` asks them in turn."""
