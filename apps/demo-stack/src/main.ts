import { createDemoApp } from './demo-app.js';

createDemoApp().synth();
