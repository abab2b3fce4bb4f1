from extractors.taggers.calibration import Curve


def test_curve_joins_its_points_by_lines() -> None:
    curve = Curve((0.2, 0.6), (0.1, 0.9))
    assert [curve.at(x) for x in (0.0, 0.2, 0.4, 0.6, 1.0)] == [0.1, 0.1, 0.5, 0.9, 0.9]


def test_curve_without_points_changes_nothing() -> None:
    assert Curve().at(0.37) == 0.37
