"""The optional language model: asked to join and translate evidence, held to the same gate as everything else."""
