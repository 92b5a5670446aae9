"""The reader as PyTorch trains it: packed tokens, so that no time goes into padding."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from ingest.models.encoder_weights import EncoderWeights

OUTPUTS = 3  # start, end, relevance
RELEVANCE_UNIT = 4.0  # logits are learnt in quarters, so that they weigh about as much as spans
PARTS = ("q", "k", "v", "ao", "fi", "fo")
NORMS = ("aln", "oln")


class Packed:
    """Several sequences laid end to end.

    Args:
        sequences: token ids of each.
    """

    def __init__(self, sequences: Sequence[Sequence[int]]) -> None:
        lengths = torch.tensor([len(sequence) for sequence in sequences])
        self.count, self.longest = len(sequences), int(lengths.max())
        self.ids = torch.tensor([i for sequence in sequences for i in sequence])
        self.positions = torch.cat([torch.arange(int(length)) for length in lengths])
        self.owners = torch.repeat_interleave(torch.arange(self.count), lengths)
        self.slots = self.owners * self.longest + self.positions
        self.firsts = torch.cumsum(lengths, 0) - lengths
        held = torch.arange(self.longest)[None, :] < lengths[:, None]
        self.bias = torch.zeros(held.shape).masked_fill(~held, -1e4)[:, None, None, :].bfloat16()

    def spread(self, values: Tensor, *, fill: float = 0.0) -> Tensor:
        """Return packed values as (sequences, longest, …), filled up."""
        shape = (self.count * self.longest, *values.shape[1:])
        padded = values.new_full(shape, fill).index_copy(0, self.slots.to(values.device), values)
        return padded.view(self.count, self.longest, *values.shape[1:])

    def gather(self, values: Tensor) -> Tensor:
        """Return padded values packed again."""
        return values.reshape(self.count * self.longest, -1).index_select(0, self.slots.to(values.device))


class Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer with the weights of an encoder's layer."""

    def __init__(self, weights: EncoderWeights, number: int) -> None:
        super().__init__()
        self.heads, self.epsilon = weights.shape.heads, weights.shape.epsilon
        for part in (*PARTS, *NORMS):
            key = f"l{number}.{part}"
            matrix = weights.matrices[f"{key}.w"] if part in PARTS else weights.vectors[f"{key}.w"]
            self.register_parameter(f"{part}_w", nn.Parameter(torch.tensor(np.array(matrix))))
            self.register_parameter(f"{part}_b", nn.Parameter(torch.tensor(np.array(weights.vectors[f"{key}.b"]))))

    def forward(self, hidden: Tensor, packed: Packed) -> Tensor:
        """Return the layer's output for packed tokens, shape (tokens, hidden)."""
        attended = functional.linear(self.attend(hidden, packed), self.ao_w, self.ao_b)
        hidden = self.norm(hidden + attended, "aln")
        widened = functional.gelu(functional.linear(hidden, self.fi_w, self.fi_b))
        return self.norm(hidden + functional.linear(widened, self.fo_w, self.fo_b), "oln")

    def attend(self, hidden: Tensor, packed: Packed) -> Tensor:
        """Let the tokens of each sequence look at each other."""
        matrix, bias = torch.cat([self.q_w, self.k_w, self.v_w]), torch.cat([self.q_b, self.k_b, self.v_b])
        spread = packed.spread(functional.linear(hidden, matrix, bias))
        parts = spread.view(packed.count, packed.longest, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        queries, keys, values = parts.unbind(0)
        scores = queries @ keys.transpose(-1, -2) * queries.shape[-1] ** -0.5 + packed.bias.to(hidden.device)
        return packed.gather((scores.softmax(-1).to(values.dtype) @ values).transpose(1, 2))

    def norm(self, hidden: Tensor, name: str) -> Tensor:
        """Normalise each token's vector."""
        weight, bias = getattr(self, f"{name}_w"), getattr(self, f"{name}_b")
        return functional.layer_norm(hidden.float(), hidden.shape[-1:], weight, bias, self.epsilon)


class ReaderNetwork(nn.Module):  # type: ignore[misc]
    """The lower layers of an encoder, the first of them frozen, and one linear head for all that is asked of it."""

    def __init__(self, weights: EncoderWeights, *, layers: int, frozen: int) -> None:
        """Take the weights to begin from.

        Args:
            weights: of the whole encoder.
            layers: how many to keep, from the lowest.
            frozen: how many of them are not trained.
        """
        super().__init__()
        width = weights.shape.hidden
        self.shape, self.frozen, self.epsilon = weights.shape, frozen, weights.shape.epsilon
        self.words = torch.tensor(weights.words.dense()).half()
        vectors = {name: torch.tensor(np.array(weights.vectors[name])) for name in EMBEDDINGS}
        self.positions = vectors["emb.pos"].view(-1, width) + vectors["emb.type"].view(-1, width)[0]
        self.scale, self.shift = vectors["emb.ln.w"], vectors["emb.ln.b"]
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(layers))
        self.head = nn.Linear(width, OUTPUTS)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.layers[:frozen].requires_grad_(requires_grad=False)

    def embed(self, packed: Packed) -> Tensor:
        """Return the embeddings of packed tokens; they are never trained."""
        summed = self.words[packed.ids].float() + self.positions[packed.positions]
        embedded = functional.layer_norm(summed, summed.shape[-1:], self.scale, self.shift, self.epsilon)
        return embedded.to(self.head.weight.device)

    def forward(self, packed: Packed) -> Tensor:
        """Return start, end and relevance for every packed token, shape (tokens, 3)."""
        with torch.no_grad():
            hidden = self.embed(packed)
            for layer in self.layers[: self.frozen]:
                hidden = layer(hidden, packed)
        for layer in self.layers[self.frozen :]:
            hidden = layer(hidden, packed)
        return functional.linear(hidden.float(), self.head.weight.float(), self.head.bias.float())

    def trained(self) -> list[nn.Parameter]:
        """Return the parameters that training changes."""
        return [parameter for parameter in self.parameters() if parameter.requires_grad]

    def tensors(self) -> Mapping[str, NDArray[np.float32]]:
        """Return what was trained by the names of `EncoderWeights`, and the head as "head.w" and "head.b"."""
        found = {}
        for number, layer in enumerate(self.layers):
            if number >= self.frozen:
                named = layer.named_parameters()
                found.update({f"l{number}.{name[:-2]}.{name[-1]}": numbers(value) for name, value in named})
        units = np.array([1, 1, RELEVANCE_UNIT], np.float32)
        head = {"head.w": numbers(self.head.weight) * units[:, None], "head.b": numbers(self.head.bias) * units}
        return found | head


EMBEDDINGS = ("emb.pos", "emb.type", "emb.ln.w", "emb.ln.b")


def numbers(tensor: Tensor) -> NDArray[np.float32]:
    """Return a tensor's values."""
    values: NDArray[np.float32] = tensor.detach().float().cpu().numpy()
    return values
