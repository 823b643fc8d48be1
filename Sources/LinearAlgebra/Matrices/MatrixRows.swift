extension Matrix {
  /// The rows `range`, a matrix of `range.count` rows.
  public subscript(rows range: Range<Int>) -> Matrix {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get {
      precondition(
        range.lowerBound >= 0 && range.upperBound <= rows, "no rows \(range) in a \(rows) × \(columns) matrix")
      return Matrix(
        rows: range.count, columns: columns,
        elements: Array(storage[range.lowerBound * columns..<range.upperBound * columns]))
    }
  }

  /// The columns `range`, a matrix of `range.count` columns.
  public subscript(columns range: Range<Int>) -> Matrix {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get {
      precondition(
        range.lowerBound >= 0 && range.upperBound <= columns, "no columns \(range) in a \(rows) × \(columns) matrix")
      var elements: [Element] = []
      elements.reserveCapacity(rows * range.count)
      for i in 0..<rows {
        let start = i * columns
        elements.append(contentsOf: storage[start + range.lowerBound..<start + range.upperBound])
      }
      return Matrix(rows: rows, columns: range.count, elements: elements)
    }
  }

  /// Row `i` as an array of `columns` entries.
  public func row(_ i: Int) -> [Element] {
    precondition(i >= 0 && i < rows, "no row \(i) in a \(rows) × \(columns) matrix")
    return Array(storage[i * columns..<(i + 1) * columns])
  }

  /// Column `j` as an array of `rows` entries.
  public func column(_ j: Int) -> [Element] {
    precondition(j >= 0 && j < columns, "no column \(j) in a \(rows) × \(columns) matrix")
    return self[columns: j..<j + 1].storage
  }

  /// Row i of this matrix ← row `indices[i]` of `source`, in place: how a minibatch is drawn.
  ///
  /// - Parameter indices: as many as this matrix has rows; repetitions are allowed.
  @inlinable
  public mutating func gatherRows(_ indices: some RandomAccessCollection<Int>, of source: Matrix) {
    precondition(
      indices.count == rows && source.columns == columns,
      "\(indices.count) rows of a \(source.rows) × \(source.columns) matrix do not make a \(rows) × \(columns) one")
    let (columns, sourceRows) = (columns, source.rows)
    withUnsafeMutableElements { target in
      source.withUnsafeElements { elements in
        guard var row = target.baseAddress, let start = elements.baseAddress else { return }
        for i in indices {
          precondition(i >= 0 && i < sourceRows, "no row \(i) in a \(sourceRows) × \(columns) matrix")
          row.update(from: start + i * columns, count: columns)
          row += columns
        }
      }
    }
  }

  /// The transpose Aᵀ, as a new matrix.
  ///
  /// Products need no transpose: ``multiply(_:_:transposeA:transposeB:scale:into:accumulate:)`` takes flags.
  public var T: Matrix {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get {
      // Tile by tile, so that the lines of both matrices stay in the cache until all their entries have been used.
      let tile = 16
      let (rows, columns) = (rows, columns)
      let elements = [Element](unsafeUninitializedCapacity: rows * columns) { target, count in
        storage.withUnsafeBufferPointer { source in
          for i in stride(from: 0, to: rows, by: tile) {
            for j in stride(from: 0, to: columns, by: tile) {
              for column in j..<min(j + tile, columns) {
                for row in i..<min(i + tile, rows) {
                  target.initializeElement(at: column * rows + row, to: source[row * columns + column])
                }
              }
            }
          }
        }
        count = rows * columns
      }
      return Matrix(rows: columns, columns: rows, elements: elements)
    }
  }
}
