import LinearAlgebra

/// How rough a filter w is: the squared differences between pixels side by side or one above the
/// other, added up, over 2‖w‖². White noise has 2 − 1/width − 1/height on average.
func roughness(_ w: [Double], width: Int) -> Double {
  var differences = 0.0
  for i in w.indices {
    if (i + 1) % width != 0 { differences += (w[i + 1] - w[i]) * (w[i + 1] - w[i]) }
    if i + width < w.count { differences += (w[i + width] - w[i]) * (w[i + width] - w[i]) }
  }
  return differences / (2 * dot(w, w))
}

/// The median roughness of the filters.
func medianRoughness(_ filters: [[Double]], width: Int) -> Double {
  median(filters.map { roughness($0, width: width) })
}

/// The middle value, the upper one of two.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
