internal import CMatrixKernels

/// A function that a linear layer applies to its outputs.
public enum Activation: String, CaseIterable, Sendable {
    case none
    case relu
    /// min(max(x, 0), 6)
    case relu6
    /// x · sigmoid(1.702 x)
    case quickGELU
    /// x · Φ(x), by the error function
    case gelu
    /// x · Φ(x), by the hyperbolic tangent
    case geluTanh
    case tanh

    var code: cm_activation {
        switch self {
        case .none: CM_ACTIVATION_NONE
        case .relu: CM_ACTIVATION_RELU
        case .relu6: CM_ACTIVATION_RELU6
        case .quickGELU: CM_ACTIVATION_QUICK_GELU
        case .gelu: CM_ACTIVATION_GELU
        case .geluTanh: CM_ACTIVATION_GELU_TANH
        case .tanh: CM_ACTIVATION_TANH
        }
    }
}
