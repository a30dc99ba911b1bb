"""Results as pictures: Lorenz curves, coverage by number of sites, travel times, loads of facilities."""

from web.plots.plotting import PLOTS, check_picture, plot, save_plot

__all__ = ["PLOTS", "check_picture", "plot", "save_plot"]
