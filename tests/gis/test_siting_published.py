"""Against answers that others published, or that can be had by trying everything."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import shortest_path

from gis.siting import lscp, mclp, p_center, p_median


@pytest.fixture(scope="module")
def san_francisco(real_data: Path) -> tuple[np.ndarray, np.ndarray]:
    folder = real_data / "bench" / "sf_spopt"
    pairs = pd.read_csv(folder / "SF_network_distance_candidateStore_16_censusTract_205_new.csv")
    demand = pd.read_csv(folder / "SF_demand_205_centroid_uniform_weight.csv").sort_values("NAME")
    cost = pairs.pivot_table(index="DestinationName", columns="name", values="distance")
    assert np.allclose(cost.index, demand["NAME"])
    return cost.to_numpy(), demand["POP2000"].to_numpy(float)


def test_san_francisco_needs_eight_sites(san_francisco):
    plan = lscp(csr_matrix(san_francisco[0] <= 5000))
    assert (plan.objective, plan.proven) == (8.0, True)


def test_four_sites_cover_875_247_in_san_francisco(san_francisco):
    cost, people = san_francisco
    plan = mclp(csr_matrix(cost <= 5000), people, 4)
    assert (plan.objective, plan.proven) == (875_247.0, True)


def test_median_and_centre_of_san_francisco_are_the_best_of_all_choices(san_francisco):
    cost, people = san_francisco
    nearest = [cost[:, list(one)].min(axis=1) for one in combinations(range(16), 4)]
    median, centre = p_median(cost, people, 4), p_center(cost, 4)
    assert median.objective == pytest.approx(min((one * people).sum() for one in nearest), rel=1e-12)
    assert centre.objective == min(one.max() for one in nearest)
    assert median.proven
    assert centre.proven


@pytest.mark.parametrize("number", range(1, 21))
def test_pmed_is_within_one_percent_and_the_bound_holds(real_data, number):
    folder = real_data / "bench" / "pmed"
    optimum = _optima(folder)[f"pmed{number}"]
    cost, sites = _graph(folder / f"pmed{number}.txt")
    plan = p_median(cost, np.ones(len(cost)), sites, gap=0.01)
    assert plan.bound <= optimum <= plan.objective
    assert plan.objective <= 1.01 * optimum
    assert not plan.proven or plan.objective == optimum


def _optima(folder: Path) -> dict[str, float]:
    lines = (folder / "pmedopt.txt").read_text().splitlines()
    pairs = [line.split() for line in lines]
    return {pair[0]: float(pair[1]) for pair in pairs if len(pair) == 2 and pair[0].startswith("pmed")}


def _graph(path: Path) -> tuple[np.ndarray, int]:
    lines = [list(map(int, line.split())) for line in path.read_text().splitlines() if line.strip()]
    size, _, sites = lines[0]
    table = np.zeros((size, size))
    for u, v, cost in lines[1:]:
        table[u - 1, v - 1] = table[v - 1, u - 1] = cost
    return shortest_path(table, directed=False), sites


def _new_york(folder: Path) -> tuple[csr_matrix, np.ndarray]:
    """Places within 400 m of each other on a sphere, and their demand."""
    head, _, demand = (folder / "NewYork.txt").read_text().partition("DEMAND_SECTION")
    places = np.array([line.split() for line in head.splitlines()[5:] if line.strip()], float)
    weight = np.array([float(line) for line in demand.split() if line.isdigit()])
    lat, lon = np.radians(places).T
    half = np.sin((lat[:, None] - lat) / 2) ** 2
    half += np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    return csr_matrix(2 * 6_378_100 * np.arcsin(np.sqrt(np.minimum(half, 1))) <= 400), weight


@pytest.mark.parametrize("sites", [50, 60, 70, 80, 90, 100])
def test_new_york_the_best_known_sites_cover_what_they_are_said_to_and_no_bound_is_below(real_data, sites):
    folder = real_data / "bench" / "mclp_ails"
    reach, weight = _new_york(folder)
    lines = (folder / f"NewYork_{sites}_400.txt").read_text().splitlines()
    best, known = float(lines[0].split()[1]), np.array(lines[1].split()[1:], int)
    assert weight[np.asarray(reach[:, known].sum(axis=1)).ravel() > 0].sum() == best
    plan = mclp(reach, weight, sites, gap=0.03, time_limit_s=20)
    assert 0.97 * best <= plan.objective <= best <= plan.bound


@pytest.mark.slow
def test_new_york_with_fifty_sites_reaches_the_best_known_value_and_proves_it(real_data):
    reach, weight = _new_york(real_data / "bench" / "mclp_ails")
    plan = mclp(reach, weight, 50, time_limit_s=300)
    assert (plan.objective, plan.proven) == (1_153_640.0, True)
