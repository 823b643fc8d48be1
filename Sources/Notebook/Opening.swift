/// What the first screen of a page promises. Findings, contents and the time to read are those of the page.
public struct Opening: Sendable {
  /// The name of the figure that shows what the lesson is about.
  public let picture: String
  /// What a reader will be able to do: bullets.
  public let goals: Prose
}

/// The lessons before and after a page's, where there are any.
public struct Neighbours: Sendable {
  public var previous: Neighbour?
  public var next: Neighbour?

  public struct Neighbour: Sendable {
    public let slug: String
    public let title: String
  }
}
