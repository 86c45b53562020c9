internal import Glibc

/// An interpolation kernel, by Pillow's name.
public enum ResampleFilter: Int, Sendable {
    // The raw values are Pillow's constants, which preprocessor_config.json holds as `resample`.
    case lanczos = 1
    case bilinear = 2
    case bicubic = 3

    /// Beyond this distance the kernel is zero.
    var support: Double {
        switch self {
        case .lanczos: 3
        case .bilinear: 1
        case .bicubic: 2
        }
    }

    func weight(at position: Double) -> Double {
        let x = abs(position)
        guard x < support else { return 0 }
        switch self {
        case .bilinear: return 1 - x
        case .bicubic:
            // Keys' cubic with a = -0.5.
            return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : (((x - 5) * x + 8) * x - 4) * -0.5
        case .lanczos: return sinc(x) * sinc(x / 3)
        }
    }

    private func sinc(_ x: Double) -> Double {
        guard x != 0 else { return 1 }
        return sin(x * .pi) / (x * .pi)
    }
}
