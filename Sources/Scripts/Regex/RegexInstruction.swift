/// A step of a compiled expression.
enum RegexInstruction: Equatable, Sendable {
    case character(Unicode.Scalar)
    case any
    case set(RegexSet)
    /// Goes on at the first, and at the second if that leads nowhere.
    case split(Int, Int)
    case jump(Int)
    case save(Int)
    /// Leaves a loop whose body matched nothing.
    case mark(Int)
    case progressed(Int)
    case start, end, finalEnd, lineStart, lineEnd, wordBoundary, notWordBoundary
    case reference(Int)
    /// The body stands up to `end`, and ends with `match`.
    case look(end: Int, isAhead: Bool, isNegated: Bool, width: Int)
    case atomic(end: Int)
    case match
}
