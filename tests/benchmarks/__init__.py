"""Whether the benchmarks still run; what they find is not a test's business."""
