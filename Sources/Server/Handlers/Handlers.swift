internal import ElasticsearchAPI
internal import Indices
internal import Inference
internal import Ingest

/// What every endpoint does: decode, call, encode. A file an area.
struct Handlers: Sendable {
    let indices: IndexRegistry
    let models: InferenceService
    let version: VersionInfo
    let pipelines: PipelineRegistry

    init(indices: IndexRegistry, models: InferenceService, version: VersionInfo) {
        self.indices = indices
        self.models = models
        self.version = version
        pipelines = PipelineRegistry(indices, models)
    }

    /// Complete by construction: a new endpoint does not compile without its handler.
    func handler(for endpoint: Endpoint) -> APIResponder.Handler {
        switch endpoint {
        case .info: info
        case .ping: ping
        case .putScript: putScript
        case .getScript: getScript
        case .deleteScript: deleteScript
        case .scriptsPainlessExecute: executeScript
        case .ingestPutPipeline: putPipeline
        case .ingestGetPipeline: getPipeline
        case .ingestDeletePipeline: deletePipeline
        case .ingestSimulate: simulatePipeline
        case .ingestProcessorGrok: grokPatterns
        case .indicesCreate: createIndex
        case .indicesDelete: deleteIndex
        case .indicesExists: indexExists
        case .indicesGet: getIndex
        case .indicesGetMapping: getMapping
        case .indicesPutMapping: putMapping
        case .indicesRefresh: refresh
        case .indicesFlush: flush
        case .indicesForcemerge: forceMerge
        case .indicesStats: statistics
        case .index: indexDocument
        case .create: createDocument
        case .get: getDocument
        case .exists: documentExists
        case .delete: deleteDocument
        case .bulk: bulk
        case .search: search
        case .count: count
        case .clusterHealth: clusterHealth
        case .catIndices: catIndices
        case .mlGetTrainedModels: getModels
        case .mlGetTrainedModelsStats: getModelStatistics
        case .mlInferTrainedModel: infer
        case .mlInferTrainedModelDeployment: inferDeployment
        case .mlStartTrainedModelDeployment: startDeployment
        case .mlStopTrainedModelDeployment: stopDeployment
        case .mlUpdateTrainedModelDeployment: updateDeployment
        case .mlClearTrainedModelDeploymentCache: clearDeploymentCache
        case .mlPutTrainedModel: putModel
        case .mlPutTrainedModelDefinitionPart: putModelDefinitionPart
        case .mlPutTrainedModelVocabulary: putModelVocabulary
        case .mlDeleteTrainedModel: deleteModel
        case .mlPutTrainedModelAlias: putModelAlias
        case .mlDeleteTrainedModelAlias: deleteModelAlias
        }
    }
}
