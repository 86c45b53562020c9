/// A piece of a statement: how it is written, and where.
public struct SQLSource: Equatable, Hashable, Sendable {
    public var text: String
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars.
    public var column: Int

    public init(text: String, line: Int, column: Int) {
        self.text = text
        self.line = line
        self.column = column
    }
}
