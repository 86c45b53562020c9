/// A regular expression, read.
indirect enum RegexNode: Equatable, Sendable {
    case empty
    case character(Unicode.Scalar)
    case any
    case set(RegexSet)
    case sequence([RegexNode])
    case alternatives([RegexNode])
    case group(RegexNode, number: Int)
    case repeated(RegexNode, least: Int, most: Int?, isLazy: Bool, isPossessive: Bool)
    case start, end, lineStart, lineEnd, wordBoundary, notWordBoundary, finalEnd
    case reference(Int)
    case look(RegexNode, isAhead: Bool, isNegated: Bool)
    case atomic(RegexNode)
}
