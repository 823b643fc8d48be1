import Exercises
import Foundation
import Testing

/// The registry against the stubs, the lessons' sources, their pages and the suites that a student filters for.
@Suite("The registry of exercises")
struct RegistryTests {
  /// The folders of the lessons, by number.
  static let lessons: [Int: String] = {
    let folder = Place.package.appending(path: "lessons").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Dictionary(names.compactMap { name in Int(name.prefix(2)).map { ($0, name) } }) { first, _ in first }
  }()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Place.package.appending(path: path), encoding: .utf8)
  }

  @Test func `every lesson has three to five exercises of ten points, in order`() {
    #expect(Set(Exercise.all.map(\.lesson)) == Set(Self.lessons.keys))
    for lesson in Self.lessons.keys {
      let exercises = Exercise.ofLesson(lesson)
      #expect((3...5).contains(exercises.count))
      #expect(exercises.map(\.number) == Array(1...max(1, exercises.count)))
      #expect(exercises.reduce(0) { $0 + $1.points } == 10)
      #expect(exercises.first?.points ?? 0 <= exercises.last?.points ?? 0)
    }
    #expect(Set(Exercise.all.map(\.function)).count == Exercise.all.count)
  }

  @Test func `a file's number has two digits`() {
    let names = [0, 9, 10].map(Exercise.file)
    #expect(names == ["Exercises00.swift", "Exercises09.swift", "Exercises10.swift"])
  }

  @Test(arguments: Exercise.all) func `an exercise has its stub, its section, its hint and its test`(exercise: Exercise)
    throws
  {
    let folder = "lessons/\(try #require(Self.lessons[exercise.lesson]))"
    let file = Exercise.file(ofLesson: exercise.lesson)
    let stub = try text("\(folder)/\(file)")
    #expect(stub.contains("\nfunc \(exercise.function)("))
    #expect(try text("\(folder)/main.swift").contains("\n//: ## \(exercise.section)\n"))
    #expect(exercise.hint.count > 20)
    let suites = try text("Tests/GradingTests/LessonSuites.swift")
    let suite = try #require(suites.firstRange(of: "struct Lesson\(file.dropFirst(9).prefix(2)) {"))
    let body = suites[suite.upperBound...]
    let end = try #require(body.firstRange(of: "\n}\n"))
    #expect(body[..<end.lowerBound].contains("@Test func \(exercise.function)() throws { try grade() }"))
  }

  @Test(arguments: Exercise.all) func `the page shows the exercise as the stub states it`(exercise: Exercise) throws {
    let lesson = try #require(Self.lessons[exercise.lesson])
    let page = try text("Outputs/\(lesson)/README.md")
    #expect(page.contains("**Exercise \(exercise.name). "))
    #expect(page.contains("swift test --filter Lesson\(lesson.prefix(2))"))
    let stub = try text("lessons/\(lesson)/\(Exercise.file(ofLesson: exercise.lesson))")
    let declaration = try #require(stub.split(separator: "\n").first { $0.hasPrefix("func \(exercise.function)(") })
    #expect(page.contains("```swift\n\(declaration.hasSuffix(" {") ? declaration.dropLast(2) : declaration)"))
  }

  @Test(arguments: lessons.keys.sorted()) func `a file says how exact numbers have to be`(lesson: Int) throws {
    let folder = try #require(Self.lessons[lesson])
    let stub = try text("lessons/\(folder)/\(Exercise.file(ofLesson: lesson))")
    #expect(Exercise.tolerance == 1e-10 && stub.contains("is right within 10⁻¹⁰ of the largest one expected, or of 1"))
    // And an exercise says if it asks for less: what its examination says stands where the students read. Their edition
    // has no examinations.
    let place = Place.package.appending(path: "Sources/Grading/Lessons").path
    guard FileManager.default.fileExists(atPath: place) else { return }
    let examinations = try text("Sources/Grading/Lessons/Lesson\(folder.prefix(2)).swift")
    for part in examinations.split(separator: "    Examination(\"").dropFirst() {
      let function = part.prefix { $0 != "\"" }
      for match in part.matches(of: /within: 1e-(\d)/) {
        let declaration = try #require(stub.firstRange(of: "func \(function)("))
        let statement = stub[..<declaration.lowerBound].split(separator: "\n\n").last ?? ""
        let power = match.1.map { ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"][$0.wholeNumberValue ?? 0] }
          .joined()
        #expect(statement.contains("10⁻\(power)"), "\(function)")
      }
    }
  }

  @Test func `the suites test nothing that is no exercise`() throws {
    let suites = try text("Tests/GradingTests/LessonSuites.swift")
    #expect(suites.matches(of: /@Test func/).count == Exercise.all.count)
  }
}
