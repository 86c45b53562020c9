public import JSON

/// Why `chunking_settings` are none.
public enum ChunkingFault: Error, Equatable, Sendable {
    /// One of the things that are wrong with settings of a known strategy. Each case notes Elasticsearch's words for it.
    public enum Problem: Equatable, Sendable {
        /// `Word based chunking settings can not have the following settings: [x]`
        case unknownSettings([String], strategy: ChunkingSettings.Strategy)
        /// `[chunking_settings] does not contain the required setting [max_chunk_size]`
        case missing(String)
        /// `field [overlap] is not of the expected type`
        case notWhole(String, JSONValue)
        /// `[chunking_settings] Invalid value [5]. [max_chunk_size] must be a greater than or equal to [10]`
        case outOfRange(String, Int, allowed: ClosedRange<Int>)
        /// `sentence_overlap[2] must be either 0 or 1`
        case sentenceOverlap(Int)
        /// Both `separators` and `separator_group` are given.
        case separatorsTwice
        case unknownSeparatorGroup(JSONValue)
        case noSeparators
        /// They are no list of texts.
        case malformedSeparators
        /// A separator that is no regular expression, or one that needs backtracking.
        case unsupportedSeparator(String, reason: String)
    }

    case noStrategy
    /// `Invalid chunkingStrategy x`
    case unknownStrategy(JSONValue)
    /// All that is wrong.
    case invalid([Problem])
}
