# The one list of the public names, for the type checker and for `lazy_loader`.
from .common import (
    DATA_HUB as DATA_HUB,
)
from .common import (
    DATA_URL as DATA_URL,
)
from .common import (
    Animator as Animator,
)
from .common import (
    Timer as Timer,
)
from .common import (
    download as download,
)
from .common import (
    plot as plot,
)
from .common import (
    plt as plt,
)
from .common import (
    quiet as quiet,
)
from .common import (
    set_axes as set_axes,
)
from .common import (
    set_figsize as set_figsize,
)
from .common import (
    show_trace_2d as show_trace_2d,
)
from .common import (
    train_2d as train_2d,
)
from .common import (
    use_svg_display as use_svg_display,
)
from .torch import (
    ArrayLoader as ArrayLoader,
)
from .torch import (
    abs as abs,
)
from .torch import (
    arange as arange,
)
from .torch import (
    best_device as best_device,
)
from .torch import (
    cos as cos,
)
from .torch import (
    cosh as cosh,
)
from .torch import (
    evaluate_loss as evaluate_loss,
)
from .torch import (
    exp as exp,
)
from .torch import (
    get_data_ch11 as get_data_ch11,
)
from .torch import (
    linreg as linreg,
)
from .torch import (
    linspace as linspace,
)
from .torch import (
    load_array as load_array,
)
from .torch import (
    median_time as median_time,
)
from .torch import (
    meshgrid as meshgrid,
)
from .torch import (
    normal as normal,
)
from .torch import (
    numpy as numpy,
)
from .torch import (
    ones as ones,
)
from .torch import (
    sgd as sgd,
)
from .torch import (
    sin as sin,
)
from .torch import (
    sinh as sinh,
)
from .torch import (
    squared_loss as squared_loss,
)
from .torch import (
    tanh as tanh,
)
from .torch import (
    tensor as tensor,
)
from .torch import (
    train_ch11 as train_ch11,
)
from .torch import (
    train_concise_ch11 as train_concise_ch11,
)
from .torch import (
    zeros as zeros,
)

__version__: str
__all__: list[str]
