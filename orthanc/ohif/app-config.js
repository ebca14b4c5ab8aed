// What OHIF reads first. Everything else of the viewer is as its makers built it.
window.config = {
  // The viewer lives at the root of its own port
  routerBasename: null,
  extensions: [],
  modes: [],
  showStudyList: true,
  // A tour that pops up would lie over the image
  customizationService: [{ 'ohif.tours': { $set: [] } }],
  investigationalUseDialog: { option: 'never' },
  showWarningMessageForCrossOrigin: true,
  showCPUFallbackMessage: true,
  strictZSpacingForVolumeViewport: true,
  maxNumberOfWebWorkers: 3,
  defaultDataSourceName: 'dicomweb',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
      sourceName: 'dicomweb',
      configuration: {
        friendlyName: 'The archive (Orthanc)',
        name: 'gantry',
        // The same port: the sidecar passes both on to Orthanc, with its own credentials
        wadoUriRoot: '/wado',
        qidoRoot: '/dicom-web',
        wadoRoot: '/dicom-web',
        // Orthanc's DICOMweb plugin 1.7 does not know lists of fields; the sidecar takes them apart
        qidoSupportsIncludeField: false,
        supportsFuzzyMatching: false,
        supportsWildcard: true,
        imageRendering: 'wadors',
        thumbnailRendering: 'wadors',
        enableStudyLazyLoad: true,
        // Orthanc wants the type of a multipart request without quotation marks
        omitQuotationForMultipartRequest: true,
        bulkDataURI: { enabled: true },
      },
    },
  ],
};
