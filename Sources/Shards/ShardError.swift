public import FieldIndex
public import Files
public import Scripts
public import VectorIndex

/// What can go wrong with a shard's files, and with searches of them.
public enum ShardError: FileErrorWrapping, Equatable, Sendable {
    /// A file that holds documents or vectors is damaged: nothing here can rebuild it.
    case damagedFile(path: String, reason: String)
    /// The file was written by a newer version of this program.
    case unsupportedFormat(path: String, version: Int64)
    /// The database refused for a reason that is not damage: disk full, no permission.
    case database(path: String, code: Int32, reason: String)
    case file(FileError)
    /// The directory that a new vector field would have belongs to another.
    case vectorDirectoryTaken(path: String)
    case vectors(field: String, VectorIndexError)
    /// A pattern of terms takes more work than it may.
    case pattern(field: String, TermPatternError)
    /// All 2³² ordinals have been used: the index must be copied into a new one.
    case ordinalsExhausted(path: String)
    /// A script scored a document that has no vector:
    /// `A document doesn't have a value for a vector field!`
    case documentWithoutVector(field: String)
    /// A script that failed for a document.
    case script(ScriptError)
    /// A computed value that is not one of its field's type.
    case derivedValue(field: String, value: String)
    /// `script_score script returned an invalid score [x] for doc [n]. Must be a non-negative score!`
    case negativeScore(Float, document: UInt32)
    /// `script score function must not produce negative scores, but got: [x]`
    case negativeFunctionScore(Float)
    /// A function gave a document what is no score.
    case invalidScore(Double)
    /// A function met a document without the field's value, and has none in its place.
    case missingFunctionValue(field: String)
    /// An aggregation makes more buckets than a search may have.
    case tooManyBuckets(limit: Int)
    /// `Encountered more than one value for a single document. Use a script to combine multiple values per doc into a single value.`
    case severalPairedValues
    /// `exceeded the maximum number of buckets per document [n]`: a span that touches more.
    case tooManyBucketsOfDocument(limit: Int)
    /// A weighted average met a document with more than one weight.
    case severalWeights
    /// Nobody waits for the answer any more.
    case cancelled
    /// The shard was closed.
    case closed(path: String)
}
