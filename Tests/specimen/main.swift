//: # A specimen lesson
//:
//: It has one block of every kind, and a knob that makes its check fail. Tests run it; students do not.
import Notebook
import Plotting

let lesson = Lesson("One block of every kind.")
let claim = lesson.knob("claim", 4, in: 0...10, "what two and two are said to be")
let top = lesson.knob("top", 2, in: 0...10, "the top of the figure; nothing can be drawn below 1")

lesson.derive("The square of a sum") { proof in
  proof.start("(1 + 2)^2", 9)
  proof.equals("1^2 + 2 \\cdot 1 \\cdot 2 + 2^2", because: "multiply out", 1 + 4 + 4)
  proof.atLeast("1^2 + 2^2", because: "the mixed term is not negative", 1 + 4)
}
lesson.check("two and two", 2 + 2, equals: Double(claim), within: 1e-12)
lesson.check("half is less than one", 0.5, isBelow: 1)
lesson.say("Computed prose: $\\sigma_1$ is \(Numeral.short(1.0 / 3)).")
lesson.table("Squares", columns: ["$n$", "$n^2$"], rows: (1...3).map { [Cell($0), Cell($0 * $0)] })
//: @fold The figure's code
lesson.figure("line", "A straight line rises from 0 to 2.") {
  Figure("A line") {
    Plot("Rising", x: Axis("x"), y: Axis("y", range: 0...Double(top))) { Line(x: [0, 1, 2], y: [0, 1, 2]) }
  }
}
lesson.slider("slope", "the slope", "A line, as steep as you like.", over: [1, 2, 3], chosen: 2) { slope in
  Figure("A line of slope \(Int(slope))") {
    Plot("Rising", x: Axis("x"), y: Axis("y", range: 0...3)) { Line(x: [0, 1], y: [0, slope]) }
  }
}
lesson.bands("A random number per seed", seeds: 1...5) { seed in ["the seed itself": Double(seed)] }
//: @question What is $\sqrt 4$?
//: @answer $2$.
lesson.finish()
