"""Running weights: the one place that touches onnxruntime."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from stillreel.errors import Damaged, NotConfigured
from stillreel.measure.model.weights import INSTALL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.model.weights import Weights

    Tensor = NDArray[np.float32]


class Network:
    """Weights that are loaded and can be asked; on one thread, so that answers repeat."""

    def __init__(self, weights: Weights) -> None:
        """Load the weights onto the CPU.

        Raises:
            NotConfigured: onnxruntime is not installed.
            Damaged: the file holds no network that can be run.
        """
        try:
            import onnxruntime
        except ImportError as error:
            raise NotConfigured(
                "Learned models cannot be run here: onnxruntime is not installed.",
                next_step=INSTALL,
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(weights.path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's errors share no public parent
            if not type(error).__module__.startswith("onnxruntime"):
                raise
            raise _no_network(weights, error) from error
        self.weights = weights
        self.card = weights.card
        first = self._session.get_inputs()[0]
        self._input = str(first.name)
        self._one_by_one = isinstance(first.shape[0], int) and first.shape[0] == 1
        self._outputs = tuple(str(one.name) for one in self._session.get_outputs())

    def answers(self, batch: Tensor) -> dict[str, Tensor]:
        """Return every output by name for (count, 3, height, width) numbers.

        Raises:
            Damaged: the network does not take what its card says it takes.
        """
        step = 1 if self._one_by_one else len(batch)
        parts = [self._run(batch[at : at + step]) for at in range(0, len(batch), step)]
        return {name: np.concatenate([one[name] for one in parts]) for name in self._outputs}

    def answer(self, batch: Tensor) -> Tensor:
        """Return the output the card names, or the first.

        Raises:
            Damaged: there is no such output.
        """
        wanted = self.card.output or self._outputs[0]
        if wanted not in self._outputs:
            raise _no_network(self.weights, f"no output {wanted!r} among {self._outputs}")
        return self.answers(batch)[wanted]

    def _run(self, batch: Tensor) -> dict[str, Tensor]:
        try:
            found = self._session.run(list(self._outputs), {self._input: batch})
        except Exception as error:  # see above
            if not type(error).__module__.startswith("onnxruntime"):
                raise
            raise _no_network(self.weights, error) from error
        made = (np.asarray(one, dtype=np.float32) for one in cast("list[Tensor]", found))
        return dict(zip(self._outputs, made, strict=True))


def _no_network(weights: Weights, why: object) -> Damaged:
    line = str(why).splitlines()[0][:160]
    return Damaged(
        f"The weights of {weights.card.id!r} cannot be run as their card says: {line}.",
        where=str(weights.path),
        next_step="Delete that folder and let them be fetched again.",
    )
