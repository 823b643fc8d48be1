"""The Python side of the benchmark: one workload with one library, sample by sample.

The benchmark starts this script and talks to it in JSON, one object a line. {"case": ..., "parameters": {...}} opens a
case and is answered when everything is built, compiled and warm; {} asks for the next sample and is answered by
{"seconds": ..., "results": {...}}. When it has loaded its library, the script says {}; without the library,
{"unavailable": reason}. The end of the input ends the process. With --once, the script does the work of a
whole process instead, and prints its results.

Data, initial weights and hyperparameters are read from the folder that the benchmark wrote them into, so that both
sides have the same. As in the course, an incomplete last minibatch of an epoch is taken too.
"""

import argparse
import importlib
import json
import os
import platform
import sys
from pathlib import Path

# A peer: the module with its work, and what its processes are called beside the library's name.
MODULES = {"numpy": "with_numpy", "scipy": "with_scipy", "sklearn": "with_sklearn", "torch": "with_torch",
           "jax": "with_jax"}
REQUIREMENTS = Path(__file__).parent / "requirements.txt"


# What keeps each library to the instructions of that name: OpenBLAS (NumPy, SciPy, LAPACK in JAX), NumPy's own loops,
# PyTorch's own, oneDNN and MKL (PyTorch), and XLA (JAX). XLA's limit does not reach YNNPACK, which does its products unless
# told not to; those of Eigen, which take its place, obey. As measured, they are no slower in Float, and up to a seventh
# slower in Double.
LIMITS = {
    "AVX2": {
        "OPENBLAS_CORETYPE": "Haswell",
        "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
        "ATEN_CPU_CAPABILITY": "avx2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "XLA_FLAGS": "--xla_cpu_max_isa=AVX2 --xla_cpu_experimental_ynn_fusion_type=",
    }
}


def limit_instructions(name: str) -> None:
    """Keep this process to the instructions of that name. Must come before the library is loaded."""
    limits = dict(LIMITS[name])
    flags = os.environ.get("XLA_FLAGS", "")
    limits["XLA_FLAGS"] = f"{flags} {limits['XLA_FLAGS']}".strip()
    os.environ.update(limits)


def limit_threads(count: int) -> None:
    """Leave this process as many threads as `count`. Must come before the library is loaded."""
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = str(count)


def limit_processors(count: int) -> None:
    """Leave this process the first `count` of its processors: JAX counts them and has no other limit."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])


def keep_freed_memory() -> None:
    """Let the C library reuse what NumPy frees, instead of returning it and fetching it anew at each step."""
    import ctypes

    M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return  # not the GNU C library
    mallopt(M_TRIM_THRESHOLD, 256 << 20)
    mallopt(M_MMAP_THRESHOLD, 32 << 20)


def has_avx512() -> bool:
    try:
        return "avx512f" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


def versions() -> str:
    """Those of Python and of the libraries that are installed; nothing is loaded."""
    from importlib.metadata import PackageNotFoundError, version

    found = [f"Python {platform.python_version()}"]
    for name in ("numpy", "scipy", "scikit-learn", "torch", "jax", "matplotlib"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            pass
    return ", ".join(found)


def serve(module, variant, plan, clock, answer) -> None:
    """Answer requests until there are no more."""
    samples = None
    for line in sys.stdin:
        request = json.loads(line)
        if "case" in request:
            samples = module.samples(plan, request["case"], request["parameters"], variant, clock)
            next(samples)  # everything up to the first sample: building, compiling, warming up
            answer({})
        else:
            seconds, results = next(samples)
            answer({"seconds": seconds, "results": results})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--versions", action="store_true", help="print the versions of the libraries, and end")
    parser.add_argument("--workload")
    parser.add_argument("--peer", help="a library, perhaps with a variant: numpy-avx512")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--instructions", choices=LIMITS, help="use no others than these")
    parser.add_argument("--folder", type=Path, help="where the plan and the arrays lie")
    parser.add_argument("--clock", choices=["wall", "processor"], default="wall")
    parser.add_argument("--once", action="store_true", help="do the work of a whole process")
    arguments = parser.parse_args()
    if arguments.versions:
        return print(versions())

    # What a library prints must not come between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr

    def answer(message: dict) -> None:
        print(json.dumps(message), file=answers, flush=True)

    def leave_out(reason: str) -> None:
        if arguments.once:
            sys.exit(reason)
        answer({"unavailable": reason})

    library, _, variant = arguments.peer.partition("-")
    limit_threads(arguments.threads)
    if library == "jax":
        limit_processors(arguments.threads)
    if arguments.instructions:
        if variant == "avx512":
            return leave_out(f"rows with AVX-512 are left out, for the peers are held to {arguments.instructions}")
        limit_instructions(arguments.instructions)
    if variant == "avx512":
        # The OpenBLAS inside NumPy does not know some processors, and falls back to AVX2.
        if not has_avx512():
            return leave_out("rows with AVX-512 are left out, for this processor has none")
        os.environ["OPENBLAS_CORETYPE"] = "SkylakeX"
    try:
        from plan import Clock, Plan

        keep_freed_memory()
        plan = Plan(arguments.folder, arguments.workload)
        module = importlib.import_module(MODULES[library])
        if arguments.once:
            from whole import whole_process

            return answer(whole_process(plan, module))
    except ModuleNotFoundError as error:
        return leave_out(f"{library} is left out, for Python has no {error.name}; pip install -r {REQUIREMENTS}")
    answer({})
    serve(module, variant, plan, Clock(arguments.clock), answer)


if __name__ == "__main__":
    main()
