/// What is wrong with a script or went wrong in it, with the facts that a client is told.
public enum ScriptFault: Error, Equatable, Sendable {
    // Found while compiling.
    /// The text from which on nothing can be read; nil at the end of the script.
    case unexpectedToken(String?)
    case unexpectedCharacter(String)
    case unknownSymbol(String)
    case unknownType(String)
    case unknownCall(name: String, arguments: Int)
    case duplicateVariable(String)
    case badNumber(String, type: String)
    case notAssignable
    /// Nested more deeply, or longer, than is read.
    case tooComplex
    case badPattern(String)
    /// A loop that is never left, or never entered: Elasticsearch's words for it.
    case uselessLoop(String)

    // Found while running.
    case nullReference(String?)
    case unknownMethod(type: String, name: String, arguments: Int)
    case unknownField(type: String, name: String)
    case cannotCast(from: String, to: String)
    case cannotApply(operation: String, left: String, right: String?)
    case divisionByZero
    case indexOutOfBounds(index: Int, count: Int)
    case stringIndexOutOfBounds(begin: Int, end: Int, count: Int)
    case numberFormat(String)
    case dateFormat(String)
    case unsupportedOperation
    case noSuchElement
    case concurrentModification
    /// `throw new IllegalArgumentException("…")`: Elasticsearch's name of the exception and its message.
    case thrown(type: String, message: String?)
    /// A loop, or all of the script, does more than a script may.
    case tooMuchWork
    case tooMuchMemory
    case callsTooDeep
    /// A list or map that contains itself, where it is to be written.
    case selfReferencing
    case patternTooSlow

    // Found while reading a document.
    case unmappedField(String)
    case fieldWithoutDocValues(String, type: String)
    case missingValue
    case missingVector
    case notAVector(String)
    case vectorDimensions(actual: Int, expected: Int)
    case unsupportedVectorFunction(String, elementType: String)
    case negativeScore(String, document: Int)
    case unusableValue(String)
    /// A runtime field with more values than one document may have.
    case tooManyEmitted(Int, limit: Int)
}
