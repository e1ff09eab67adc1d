export { createScriptedModel } from './scripted-model.js';
