internal import Encoders
internal import MatrixKernels

extension EncoderError {
    var reason: String {
        switch self {
        case .emptySequence: "the text has no token"
        case .sequenceTooLong(_, let tokens, let limit):
            "the text has [\(tokens)] tokens, more than the limit [\(limit)]"
        case .unknownToken(_, let token, let vocabulary):
            "token [\(token)] is not in the vocabulary of [\(vocabulary)]"
        case .noEndOfText(_, let token): "the text has no end token [\(token)]"
        case .wrongPixelCount(_, let expected, let found): "the picture has [\(found)] values instead of [\(expected)]"
        case .matrix(let error): error.reason
        }
    }
}

extension MatrixError {
    var reason: String {
        switch self {
        case .outOfMemory: "not enough memory"
        }
    }
}
