"""Boston housing: the lesson's own data set."""

from __future__ import annotations

from miniflow.dataset import CsvDataset


class Boston(CsvDataset):
    """House prices around Boston in the 1970s."""

    name = "boston"
    title = "Boston housing"
    description = (
        "506 areas around Boston: 13 measurements of each, and the median price of a house in $1000s. "
        "The lesson uses it. Its column B encodes a racist assumption about neighbourhoods, and other libraries have "
        "withdrawn it for that: for anything but the lesson, take the diabetes data."
    )
    source = (
        "Harrison, D. and Rubinfeld, D. L., Hedonic prices and the demand for clean air, "
        "J. Environ. Economics and Management 5, 81-102, 1978"
    )
    filename = "boston.csv"
    feature_names = ("CRIM", "ZN", "INDUS", "CHAS", "NOX", "RM", "AGE", "DIS", "RAD", "TAX", "PTRATIO", "B", "LSTAT")
    target_name = "MEDV"
