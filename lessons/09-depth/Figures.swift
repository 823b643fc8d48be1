import Autoencoders
import LinearAlgebra
import Plotting

/// One, two, three and five tents, drawn through the ends of their pieces.
func foldsFigure(_ counts: [Int]) -> Figure {
  Figure("Two more units double the teeth", columns: 2, width: 390) {
    for L in counts {
      let x = (0...(1 << L)).map { Double($0) / Double(1 << L) }
      Plot(
        "\(L) layer\(L == 1 ? "" : "s"), \(1 << L) pieces", x: "x",
        y: Axis(L == 1 ? "T(x)" : "T, \(L) times"), height: 130
      ) {
        Line(x: x, y: values(tents(L), x))
      }
    }
  }
}

/// The bound, the best that we know, and the best that training found.
func boundFigure(L: Int, followers: [Double], learnt: [(units: Int, fits: [Fit])]) -> Figure {
  let n = followers.indices.map(Double.init)
  let teeth = Double(1 << (L - 1))
  return Figure("One layer against \(1 << (L - 1)) teeth", width: 390) {
    Plot("", x: "kinks n", y: Axis("∫ |f − g|", range: 0...0.27)) {
      Line(x: [0, teeth], y: [0.25, 0], name: "no network below this", color: .black)
      Line(x: n, y: followers, name: "follows, then leaves", color: .blue, marker: .circle)
      Points(
        x: learnt.map { Double($0.units) }, y: learnt.map { $0.fits[0].error },
        name: "learnt with n units, best of 8", color: .vermillion, marker: .square, size: 7)
    }
  }
}

/// Strength of the gradient on its way back through the layers.
func returnsFigure(_ returns: [Returns]) -> Figure {
  Figure("Sigmoids starve the lower layers", width: 390) {
    Plot(
      "", x: "layer", y: Axis("‖δ‖ ∕ ‖δ‖ at the top", scale: .log)
    ) {
      for kind in returns {
        Line(x: kind.norms.indices.map { Double($0 + 1) }, y: kind.norms, name: kind.kind.name)
      }
    }
  }
}

/// The weights' gradients by layer, of a network at its random start and after pretraining.
func strengthsFigure(_ rows: [(name: String, norms: [Double])]) -> Figure {
  Figure("Pretraining lets a sigmoid network's gradient through", width: 390) {
    Plot("", x: "layer, from input to output", y: Axis("‖∂L ∕ ∂W‖", scale: .log)) {
      for row in rows {
        Line(
          x: row.norms.indices.map { Double($0 + 1) }, y: row.norms, name: row.name,
          marker: .circle)
      }
    }
  }
}

/// Two-number codes of the same images, a colour and a marker for each digit.
func codesFigure(_ maps: [(name: String, codes: Matrix<Float>)], labels: [Int]) -> Figure {
  Figure("A deep code pulls digits apart", width: 390) {
    for (name, codes) in maps {
      Plot(name, x: "first number", y: "second number", height: 280) {
        for label in Set(labels).sorted() {
          let members = labels.indices.filter { labels[$0] == label }
          Points(
            x: members.map { Double(codes[$0, 0]) }, y: members.map { Double(codes[$0, 1]) },
            name: "\(label)", size: 5)
        }
      }
    }
  }
}
