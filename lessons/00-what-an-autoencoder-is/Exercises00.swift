import Exercises
import LinearAlgebra
