extension Exercise {
  /// All exercises of the course, in order: the lesson and the exercise's number in it, its function, its points, the
  /// section of the lesson's page to read again, and a hint.
  public static let all: [Exercise] = [
    Exercise(
      1, 1, "energyCaptured", points: 1, reread: "How many terms make a digit?",
      hint: "First squares, then sums: the energy of a singular value is its square."),
    Exercise(
      1, 2, "smallestRank", points: 2, reread: "The truncated decomposition reaches it",
      hint: """
        Try the ranks from 0 on and stop at the first whose tail is small enough. Mind both ends: an error that the zero \
        matrix already meets, and one that only the full rank does.
        """),
    Exercise(
      1, 3, "bestApproximation", points: 2, reread: "The truncated decomposition reaches it",
      hint: "`SVD(A)` has `U`, `σ` and `V`; `U[columns: 0..<k]` are the leading columns."),
    Exercise(
      1, 4, "nearestOrthogonal", points: 3, reread: "Distances do not feel a rotation",
      hint: """
        Distances do not feel a rotation: turn $Q$ into $U^\\top Q V$ and ask which orthogonal matrix is closest to \
        $\\Sigma$.
        """),
  ]

  private init(
    _ lesson: Int, _ number: Int, _ function: String, points: Int, reread section: String, hint: String
  ) {
    self.init(lesson: lesson, number: number, function: function, points: points, section: section, hint: hint)
  }
}
