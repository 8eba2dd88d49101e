"""Diabetes: how a disease went on in a year."""

from __future__ import annotations

from miniflow.dataset import CsvDataset


class Diabetes(CsvDataset):
    """Patients with diabetes, and how far the disease had progressed a year later."""

    name = "diabetes"
    title = "Diabetes"
    description = (
        "442 patients: age, sex, body mass index, blood pressure and six blood values, "
        "and a measure of how far the disease has progressed one year later."
    )
    source = (
        "Efron, B., Hastie, T., Johnstone, I. and Tibshirani, R., Least angle regression, "
        "Annals of Statistics 32, 407-499, 2004"
    )
    filename = "diabetes.csv"
    feature_names = ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")
    target_name = "progression"
