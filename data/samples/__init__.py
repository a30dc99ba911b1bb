"""The fictional district 云溪区: a generator of files in the shapes offices really hand over."""

from data.samples.generator import Sample, SampleFile, generate

__all__ = ["Sample", "SampleFile", "generate"]
